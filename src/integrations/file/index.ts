export { type FileSinkOptions, fileSink } from "./file-sink.ts";
export type { EventColumns, ExposureColumns } from "./row.ts";
