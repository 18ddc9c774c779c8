/** Numbers that a workgroup holds: 16 KiB, what every device offers. */
export const TILE_LOG = 12;

/** A pass over memory: `stages` stages, of which the last has stride 2^strideLog. */
export interface Pass {
  stages: number;
  strideLog: number;
}

/** The passes of a transform of size 2^m, largest strides first. */
export function passesOf(m: number): Pass[] {
  const last = Math.min(m, TILE_LOG);
  const passes: Pass[] = [{ stages: last, strideLog: 0 }];
  // Rows of 64 columns (256 bytes) and more keep reads of memory together.
  for (let left = m - last; left > 0; ) {
    const stages = Math.min(left, TILE_LOG - 6);
    passes.unshift({ stages, strideLog: m - left });
    left -= stages;
  }
  return passes;
}

/**
 * One pass in WGSL. A workgroup of 256 takes a tile of 2^stages rows, 2^strideLog numbers apart, by
 * neighbouring columns: 2^tileLog numbers in all.
 */
export const fwhtShader = (type: "f32" | "i32"): string => /* wgsl */ `
struct Parameters { stages: u32, strideLog: u32, tileLog: u32, scale: f32 }

@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read_write> y: array<${type}>;

var<workgroup> tile: array<${type}, ${2 ** TILE_LOG}>;

fn place(first: u32, e: u32, columnsLog: u32) -> u32 {
  let row = e >> columnsLog;
  return first + (row << p.strideLog) + (e & ((1u << columnsLog) - 1u));
}

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let size = 1u << p.tileLog;
  let columnsLog = p.tileLog - p.stages;
  let tilesLog = p.strideLog - columnsLog; // tiles side by side in a block of rows
  let id = group.x;
  let block = id >> tilesLog;
  let side = id & ((1u << tilesLog) - 1u);
  let first = (block << (p.strideLog + p.stages)) + (side << columnsLog);
  for (var e = thread; e < size; e += 256u) { tile[e] = y[place(first, e, columnsLog)]; }
  for (var stage = 1u; stage <= p.stages; stage += 1u) {
    workgroupBarrier();
    let logH = p.tileLog - stage;
    let h = 1u << logH;
    for (var b = thread; b < size / 2u; b += 256u) {
      let i = ((b >> logH) << (logH + 1u)) + (b & (h - 1u));
      let a = tile[i];
      let c = tile[i + h];
      tile[i] = a + c;
      tile[i + h] = a - c;
    }
  }
  workgroupBarrier();
  for (var e = thread; e < size; e += 256u) {
    let v = tile[e];
    y[place(first, e, columnsLog)] = ${type === "f32" ? "select(v, v * p.scale, p.strideLog == 0u)" : "v"};
  }
}
`;
