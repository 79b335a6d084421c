import { describe, expect, test } from "vitest";
import { html, styleElement, textOf } from "../../../src/report/html.ts";

describe("html", () => {
  test("escapes text and quoted attributes, and keeps markup", () => {
    const link = html`<a title="${`"'<>&`}">${"<b>"}</a>`;
    expect(textOf(html`<p>${link}</p>`)).toBe(`<p><a title="&quot;&#39;&lt;&gt;&amp;">&lt;b&gt;</a></p>`);
  });

  test("takes lists and numbers, and leaves nothing for null and false", () => {
    expect(textOf(html`${["a", null, html`<i>${1}</i>`, false, ["&"]]}`)).toBe("a<i>1</i>&amp;");
  });

  test("escapes markup that only looks like ours", () => {
    const forged = JSON.parse('{"html":"<script>"}') as string;
    expect(() => textOf(html`${forged}`)).toThrow();
  });

  test("replaces what HTML does not allow, and overrides of direction", () => {
    expect(textOf(html`${"a\u0000\u001b\ud800\ufffe\u202eb\t\n😀é"}`)).toBe(
      "a\ufffd\ufffd\ufffd\ufffd\ufffdb\t\n😀é",
    );
  });

  test("refuses a stylesheet that would end its element", () => {
    expect(() => styleElement("</style>")).toThrow();
  });
});
