/** As much of the DOM's IntersectionObserver as is used, so that no DOM types are needed. */
interface Observer {
  observe(element: object): void;
  disconnect(): void;
}

interface World {
  readonly IntersectionObserver?: new (
    tell: (entries: readonly { readonly isIntersecting: boolean }[]) => void,
  ) => Observer;
}

/**
 * Calls back once, when any of the element is in view; where nobody can tell, at once. Gives what stops the
 * watching.
 */
export function whenVisible(element: object, callback: () => void): () => void {
  const { IntersectionObserver } = globalThis as World;
  if (!IntersectionObserver) {
    callback();
    return () => {};
  }
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    callback();
  });
  observer.observe(element);
  return () => observer.disconnect();
}
