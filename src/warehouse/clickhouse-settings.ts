/**
 * What every query is run with, whatever the user's profile says: an answer is whole or an error, cells come as
 * they can be read back, and words mean what the printer means by them.
 */
export function clickhouseSettings(timeoutSeconds: number): Readonly<Record<string, string | number>> {
  return { ...WHOLE_ANSWERS, ...FORMAT, ...MEANING, max_execution_time: timeoutSeconds };
}

const WHOLE_ANSWERS = {
  skip_unavailable_shards: 0,
  distributed_group_by_no_merge: 0,
  partial_result_on_first_cancel: 0,
  use_query_cache: 0,
  limit: 0,
  offset: 0,
  ...Object.fromEntries(
    ["distinct", "group_by", "join", "read", "result", "set", "sort", "timeout", "transfer"].map((part) => [
      `${part}_overflow_mode`,
      "throw",
    ]),
  ),
};

const FORMAT = {
  wait_end_of_query: 1,
  cancel_http_readonly_queries_on_client_close: 1,
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_denormals: 1,
};

const MEANING = {
  aggregate_functions_null_for_empty: 0,
  cast_keep_nullable: 1,
  data_type_default_nullable: 0,
  date_time_overflow_behavior: "ignore",
  enable_positional_arguments: 1,
  precise_float_parsing: 1,
  short_circuit_function_evaluation: "enable",
  transform_null_in: 0,
};
