/** Orders texts by their Unicode code points; UTF-16 order differs where surrogates meet U+E000 to U+FFFF. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index);
    if (difference !== 0) return surrogatesLast(left, index) - surrogatesLast(right, index);
  }
  return left.length - right.length;
}

function surrogatesLast(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
