import { describe, expect, test } from "vitest";
import { frame } from "../../../src/diagnostics/frame.ts";
import { lineStartsOf } from "../../../src/diagnostics/position.ts";
import { visible, widthOf } from "../../../src/diagnostics/visible-text.ts";

/** The frame of the part of a text that stands between `«` and `»`. */
function framed(marked: string) {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const text = marked.replace("«", "").replace("»", "");
  const { source, marks, line, column } = frame(text, lineStartsOf(text), { start, end });
  return [`${line}:${column}`, source, marks];
}

describe("a frame", () => {
  test("marks the span", () => {
    expect(framed("a: 1\nb: «two» # x\n")).toEqual(["2:4", "b: two # x", "   ^^^"]);
  });

  test("marks one column where the span is empty", () => {
    expect(framed("a: 1\nb:«»")).toEqual(["2:3", "b:", "  ^"]);
  });

  test("shows the first line of a span over several", () => {
    expect(framed("a: «|\n  x\n  y\n»b: 1")).toEqual(["1:4", "a: |", "   ^"]);
  });

  test("shows tabs as four columns", () => {
    expect(framed("a:\t«b»")).toEqual(["1:4", "a:    b", "      ^"]);
  });

  test("marks under wide characters and joined emoji", () => {
    expect(framed("漢字🚀👨‍👩‍👧é: «b»")).toEqual(["1:16", "漢字🚀👨‍👩‍👧é: b", "           ^"]);
    expect(framed("k: «漢字»")).toEqual(["1:4", "k: 漢字", "   ^^^^"]);
  });

  test("leaves out the carriage return and the byte order mark", () => {
    expect(framed("\u{feff}«a»: 1\r\nb: 2\r\n")).toEqual(["1:1", "a: 1", "^"]);
    expect(framed("\u{feff}a: 1\r\n«b: 2\r\nc»: 3")).toEqual(["2:1", "b: 2", "^^^^"]);
  });

  test("cuts a long line around the span", () => {
    const [where, source = "", marks = ""] = framed(`${"x".repeat(5000)}«needle»${"y".repeat(5000)}`);
    expect(where).toBe("1:5001");
    expect(source.length).toBeLessThan(200);
    expect(source.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("needle");
  });

  test("cuts a long span", () => {
    const [, source = "", marks = ""] = framed(`k: «${"x".repeat(5000)}»`);
    expect(source.length).toBeLessThan(200);
    expect(marks.length).toBeLessThan(200);
  });
});

test("what could drive a terminal or turn a line around is made visible", () => {
  expect(visible("a\u001b[31mb\u0007\u007f\u009b\u202e\r\nc")).toBe("a␛[31mb␇␡��␍␊c");
});

test.each([
  ["plain", 5],
  ["é", 1],
  ["e\u0301", 1],
  ["漢", 2],
  ["🚀", 2],
  ["❤️", 2],
  ["", 0],
])("%j takes %i columns", (text, width) => {
  expect(widthOf(text)).toBe(width);
});
