/** Points that an invocation makes: those of one aligned block, for one coordinate. */
export const GPU_BLOCK = 32;
export const GPU_WORKGROUP = 64;

/**
 * Net points as pairs of words, low before high, coordinate by coordinate as in `netWords`. Point i
 * is the shift plus the columns of the 1 bits of i over GF(2); the points of a block share the
 * columns above the fifth.
 */
export const NET_WGSL = /* wgsl */ `
struct Task {
  first_low: u32, // index of the first block's first point, a multiple of 32
  first_high: u32,
  skip: u32, // points of the first block that are not wanted
  count: u32, // points that are wanted
  components: u32,
  columns: u32,
  blocks: u32,
  row: u32, // invocations along x
}

@group(0) @binding(0) var<uniform> task: Task;
@group(0) @binding(1) var<storage, read> planes: array<vec2u>;
@group(0) @binding(2) var<storage, read> shift: array<vec2u>;
@group(0) @binding(3) var<storage, read_write> points: array<vec2u>;

@compute @workgroup_size(${GPU_WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let number = id.y * task.row + id.x;
  let block = number / task.components;
  let c = number % task.components;
  if (block >= task.blocks) {
    return;
  }
  let low = task.first_low + ${GPU_BLOCK}u * block;
  let high = task.first_high + select(0u, 1u, low < task.first_low);
  var x = shift[c];
  for (var k = 5u; k < task.columns; k++) {
    let bit = select(high >> (k & 31u), low >> k, k < 32u) & 1u;
    x ^= planes[k * task.components + c] * bit;
  }
  for (var i = 0u; i < ${GPU_BLOCK}u; i++) {
    if (i > 0u) {
      for (var k = 0u; k <= countTrailingZeros(i); k++) {
        x ^= planes[k * task.components + c];
      }
    }
    let place = ${GPU_BLOCK}u * block + i;
    if (place >= task.skip && place - task.skip < task.count) {
      points[(place - task.skip) * task.components + c] = x;
    }
  }
}
`;
