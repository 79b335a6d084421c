/**
 * Questions to a page, as expressions that run in it. They are texts, since the project is compiled without the
 * types of a browser.
 */
export const LOOK = `({
  paper: getComputedStyle(document.body).backgroundColor,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})`;

/** Where zero lies, in the axis and in every glyph of the metrics table. */
export const ZEROS = `[...document.querySelectorAll(".results .glyph .zero")].map((line) => line.getBoundingClientRect().x)`;

/** Whatever hostile text could have made. */
export const INTRUDERS = `({
  elements: document.querySelectorAll("script, iframe, object, embed, img, form, base, marquee, meta[http-equiv=refresh]").length,
  handlers: [...document.querySelectorAll("*")].flatMap((element) =>
    element.getAttributeNames().filter((name) => name.startsWith("on") || name === "style" || name === "srcdoc")),
  links: [...document.querySelectorAll("[href]")].map((element) => element.getAttribute("href")),
  policies: document.querySelectorAll("meta[http-equiv]").length,
  styles: document.querySelectorAll("style").length,
  owned: "owned" in globalThis,
})`;

/** What a reader without eyes needs. */
export const OUTLINE = `(() => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  return {
    lang: document.documentElement.lang,
    titles: document.querySelectorAll("h1").length,
    duplicates: ids.filter((id, index) => ids.indexOf(id) !== index),
    unnamed: [...document.querySelectorAll("section")].filter(
      (section) => !document.getElementById(section.getAttribute("aria-labelledby") ?? "")).length,
    headless: [...document.querySelectorAll("table")].filter((table) =>
      !table.caption || !table.querySelector("thead th[scope=col]") || !table.querySelector("tbody th[scope=row]")).length,
    loudGraphics: document.querySelectorAll("svg:not([aria-hidden=true])").length,
  };
})()`;

/** Texts whose contrast with the ground under them is below 4.5 (WCAG 2.1, success criterion 1.4.3). */
export const POOR_CONTRASTS = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((channel) => {
      const share = channel / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element) => {
    if (!element) return "rgb(255, 255, 255)";
    const ground = getComputedStyle(element).backgroundColor;
    return channels(ground)[3] === 0 ? groundOf(element.parentElement) : ground;
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const texts = [...document.querySelectorAll("body *")].filter(hasText);
  const poor = texts.flatMap((element) => {
    const style = getComputedStyle(element);
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const [light, dark] = [luminance(ink), luminance(groundOf(element))].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    return contrast < 4.5 ? [element.tagName + "." + element.getAttribute("class") + ": " + contrast.toFixed(2)] : [];
  });
  return { texts: texts.length, poor };
})()`;
