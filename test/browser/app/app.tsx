import { StrictMode, useEffect } from "react";
import { banner, checkout, offer } from "./generated/index.js";
import {
  Experiment,
  type ExperimentsPort,
  ExperimentsProvider,
  useExperiment,
} from "./generated/integrations/react/index.js";

export interface Visitor {
  readonly userId: string | null;
  readonly country: "US" | "CA" | "GB";
}

declare module "./generated/integrations/react/index.js" {
  interface Register {
    readonly context: Visitor;
  }
}

/** What the server tells the page. */
export interface PageData {
  readonly visitor: Visitor;
  /** The arms that the server gave. */
  readonly assigned: object;
  /** Milliseconds for which messages gather. */
  readonly delay: number;
}

export interface AppProps {
  readonly experiments: ExperimentsPort;
  readonly visitor: Visitor;
  readonly onReady?: () => void;
  readonly onAccept?: () => void;
}

export function App({ experiments, visitor, onReady, onAccept }: AppProps) {
  useEffect(() => onReady?.(), [onReady]);
  return (
    <StrictMode>
      <ExperimentsProvider experiments={experiments} context={visitor}>
        <header>
          <h1>Books</h1>
          <Banner />
          <button type="button" onClick={onAccept}>
            Accept
          </button>
        </header>
        <main>
          <Checkout />
          <Basket />
          <p className="space">Much to read.</p>
          <Offer />
        </main>
      </ExperimentsProvider>
    </StrictMode>
  );
}

function Banner() {
  return (
    <Experiment of={banner} unassigned="none">
      {{
        none: <p id="banner">Welcome.</p>,
        shipping: <p id="banner">Shipping is free until Sunday.</p>,
        gift: <p id="banner">A bookmark with every book.</p>,
      }}
    </Experiment>
  );
}

const STEPS = { 1: ["Address, payment and review"], 3: ["Address", "Payment", "Review"] } as const;

function Checkout() {
  const { params, variant } = useExperiment(checkout);
  return (
    <section id="checkout">
      <h2>{variant === "one-page" ? "Pay on one page" : "Check out"}</h2>
      <ol>
        {STEPS[params.steps].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}

/** Shows the same experiment a second time. */
function Basket() {
  const { params } = useExperiment(checkout);
  return <p id="basket">{`2 books, ${params.steps === 1 ? "one step" : "three steps"} to go`}</p>;
}

/** Below the fold. */
function Offer() {
  const { params, ref } = useExperiment(offer, { expose: "visible" });
  const text = `Books at half price: ${params.books}`;
  return (
    <section id="offer" ref={ref}>
      <h2>{params.headline === "bold" ? <strong>{text}</strong> : text}</h2>
    </section>
  );
}
