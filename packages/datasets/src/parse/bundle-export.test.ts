import assert from "node:assert/strict";
import { test } from "node:test";
import { base64Export, jsonExport } from "./bundle-export.ts";

const bundle = (literal: string) =>
  `!function(r){module.x=r()}(function(){return function e(){}({1:[function(a,n,i){n.exports=${literal}},{}]},{},[1])(1)});`;

test("a base64 export is decoded", () => {
  assert.deepEqual(base64Export("b.js", bundle('"AP8H"')), Uint8Array.of(0, 255, 7));
});

test("a minified object is read as the data that it stands for", () => {
  const literal =
    '{on:!0,off:!1,min:-.5,list:[.25,1.5,-3,9e-7,null],deep:{a_1:"x:!0, .5"},"quoted key":[]}';
  assert.deepEqual(jsonExport("b.js", bundle(literal)), {
    on: true,
    off: false,
    min: -0.5,
    list: [0.25, 1.5, -3, 9e-7, null],
    deep: { a_1: "x:!0, .5" },
    "quoted key": [],
  });
});

test("code is never run, only refused", () => {
  const message = /b\.js: the exported literal is not data/;
  assert.throws(() => jsonExport("b.js", bundle("{a:process.exit(1)}")), {
    code: "ERR_DATA",
    message,
  });
  assert.throws(() => base64Export("b.js", bundle('atob("AP8H")')), {
    code: "ERR_DATA",
    message: /not base64/,
  });
  assert.throws(() => jsonExport("b.js", "export default {}"), {
    code: "ERR_DATA",
    message: /b\.js: not a bundle of one exported literal/,
  });
});
