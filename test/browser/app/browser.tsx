import { hydrateRoot } from "react-dom/client";
import { App, type PageData } from "./app.js";
import { createExperiments, everyExperiment } from "./generated/index.js";
import { httpSink, keepOffline } from "./generated/integrations/http/index.js";

const { visitor, delay }: PageData = JSON.parse(document.getElementById("data")?.textContent ?? "");
const page = document.documentElement.dataset;

const experiments = createExperiments({
  experiments: everyExperiment,
  sinks: [keepOffline(httpSink({ url: "/collect" }), { storage: localStorage })],
  consent: () => document.cookie.includes("consent=yes"),
  delay,
});
page.assigned = JSON.stringify(experiments.assignAll(visitor));

hydrateRoot(
  document.getElementById("root") as HTMLElement,
  <App
    experiments={experiments}
    visitor={visitor}
    onReady={() => {
      page.ready = "";
    }}
    onAccept={() => {
      // biome-ignore lint/suspicious/noDocumentCookie: of every browser, and enough here.
      document.cookie = "consent=yes; SameSite=Lax";
    }}
  />,
);
