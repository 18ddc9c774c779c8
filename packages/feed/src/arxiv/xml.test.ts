import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UpstreamFormat } from "./errors.ts";
import { anyText } from "./fixture/any-text.ts";
import { attribute, child, children, parseXml, textOf } from "./xml.ts";

const url = "https://example.org/feed";
const fault = (text: string) => {
  try {
    parseXml(text, url);
  } catch (error) {
    if (error instanceof UpstreamFormat) return error;
    throw error;
  }
  return assert.fail(`accepted: ${text.slice(0, 80)}`);
};

test("elements, attributes, entities and CDATA, whatever the prefix", () => {
  const root = child(
    parseXml(
      `<?xml version="1.0"?>\n<!-- c --><f xmlns:a="u"><a:x k="1 &amp; 2">A &lt;b&gt; &#233;&#x20AC;</a:x>` +
        `<x><![CDATA[<i> &amp;]]></x><x/></f>`,
      url,
    ),
    "f",
  )!;
  assert.equal(attribute(child(root, "x")!, "k"), "1 & 2");
  assert.deepEqual(
    children(root, "x").map((x) => textOf({ x }, "x")),
    ["A <b> é€", "<i> &amp;", ""],
  );
  assert.equal(textOf(root, "toString"), "");
});

test("an entity is read once", () => {
  assert.equal(
    textOf(child(parseXml("<a><b>&amp;lt;script&amp;gt;</b></a>", url), "a")!, "b"),
    "&lt;script&gt;",
  );
  assert.equal(
    textOf(child(parseXml("<a><b>&#0;&#xD800;&#x110000;&nope;</b></a>", url), "a")!, "b"),
    "\ufffd\ufffd\ufffd&nope;",
  );
});

test("bombs, external entities and other declarations are refused before they are read", () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i} "&a;&a;">`).join("")}]><l>&a29;</l>`;
  assert.match(fault(bomb).message, /declaration/);
  assert.equal(fault(bomb).offset, 21);
  fault(`<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><f>&x;</f>`);
  fault(`<f><!DOCTYPE f SYSTEM "http://127.0.0.1/x.dtd"></f>`);
  fault(`<f>é<!ELEMENT x></f>`);
  assert.equal(fault(`<f>é<!ELEMENT x></f>`).offset, 5);
});

test("truncated and broken documents name the place", () => {
  for (const text of [
    "",
    "plain",
    "<a><b></a>",
    "<a><b>",
    "<a>x",
    "<a>&</a>",
    "<a></a><b></b>",
    "<a x=1/>",
    "<a><![CDATA[x</a>",
    "<a><!-- x</a>",
  ]) {
    const error = fault(text);
    assert.equal(error.url, url);
    assert.equal(error.code, "ERR_UPSTREAM");
    assert.ok(error.offset >= 0 && error.offset <= text.length);
  }
  assert.equal(fault("<a>\n  <b>é</b>\n  <c></d>\n</a>").offset, 21);
});

test("deep nesting and names of the prototype are refused", () => {
  fault("<a>".repeat(25) + "</a>".repeat(25));
  fault("<a>".repeat(20_000) + "</a>".repeat(20_000));
  fault("<a><__proto__>x</__proto__></a>");
});

test("any text is read or refused with UpstreamFormat", () => {
  const pieces = fc.constantFrom(
    ..."<a>|</a>|<b x='1'>|</b>|<c/>|<!--|-->|<![CDATA[|]]>|<!DOCTYPE x>|&amp;|&#233;|&|;|<|>|text|é|<?xml version='1.0'?>|<?p ?>|=|\"|<__proto__>".split(
      "|",
    ),
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join("")),
    fc.array(pieces, { maxLength: 25 }).map((parts) => `<r>${parts.join("")}</r>`),
    anyText(60),
  );
  fc.assert(
    fc.property(text, (given) => {
      try {
        const root = parseXml(given, url);
        for (const name of Object.keys(root))
          for (const one of children(root, name)) textOf(one, "a");
      } catch (error) {
        assert.ok(error instanceof UpstreamFormat, String(error));
        assert.ok(error.offset >= 0);
      }
    }),
    { numRuns: 2000 },
  );
});
