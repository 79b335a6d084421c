export { type CalibrationReport, calibrate, FEWEST_WORLDS } from "./calibration/calibrate.ts";
