import { act, type ReactNode } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { onTestFinished } from "vitest";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** As much of the DOM as is used: its types would be everywhere if they were here. */
interface PageElement {
  innerHTML: string;
  readonly textContent: string;
  querySelector(selector: string): PageElement | null;
  remove(): void;
}

const { document } = globalThis as unknown as {
  readonly document: {
    createElement(tag: string): PageElement;
    readonly body: { append(element: PageElement): void };
  };
};

export interface Page {
  readonly element: PageElement;
  /** What React had to mend while hydrating. */
  readonly recovered: readonly unknown[];
  render(node: ReactNode): Promise<void>;
  unmount(): Promise<void>;
}

/** A root on an empty page. */
export async function open(node: ReactNode): Promise<Page> {
  const element = document.createElement("div");
  document.body.append(element);
  const root = createRoot(element);
  return page(element, root, [], node);
}

/** A page with the server's HTML, hydrated. */
export async function hydrate(html: string, node: ReactNode): Promise<Page> {
  const element = document.createElement("div");
  element.innerHTML = html;
  document.body.append(element);
  const recovered: unknown[] = [];
  let root: Root | undefined;
  await act(async () => {
    root = hydrateRoot(element, node, { onRecoverableError: (error) => recovered.push(error) });
  });
  return page(element, root!, recovered);
}

async function page(
  element: PageElement,
  root: Root,
  recovered: readonly unknown[],
  node?: ReactNode,
): Promise<Page> {
  const render = (next: ReactNode) => act(async () => root.render(next));
  if (node !== undefined) await render(node);
  let mounted = true;
  const unmount = async () => {
    if (mounted) await act(async () => root.unmount());
    mounted = false;
    element.remove();
  };
  onTestFinished(unmount);
  return { element, recovered, render, unmount };
}
