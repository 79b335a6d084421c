import * as PlanOut from "planout";

const { Experiment, Ops } = PlanOut.Experiment ? PlanOut : PlanOut.default;

export const contextOf = (userId, country) => ({ userId, country });

export const fifty = () =>
  assigner(
    ({ userId }) => new Ops.Random.UniformChoice({ choices: ["control", "treatment"], unit: userId }),
    () => true,
  );

export const threeArms = () =>
  assigner(
    ({ userId }) =>
      new Ops.Random.WeightedChoice({
        choices: ["control", "blue", "green"],
        weights: [0.34, 0.33, 0.33],
        unit: userId,
      }),
    ({ country }) => country === "US" || country === "CA",
  );

function assigner(draw, isEligible) {
  class Button extends Experiment {
    setup() {
      this.setName("button");
    }

    assign(params, args) {
      if (!isEligible(args)) return false;
      params.set("arm", draw(args));
    }

    getParamNames() {
      return ["arm"];
    }

    configureLogger() {}

    log() {}

    previouslyLogged() {
      return true;
    }
  }
  return (context) => new Button(context).get("arm");
}
