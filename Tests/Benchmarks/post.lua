-- wrk's script: posts BENCH_BODY, of applications from BENCH_FIRST on, and prints one line of
-- JSON at the end.
local first = tonumber(os.getenv("BENCH_FIRST"))
-- After so many applications, the same come again.
local applications = tonumber(os.getenv("BENCH_APPLICATIONS"))
local folders = tonumber(os.getenv("BENCH_FOLDERS"))
local run = tonumber(os.getenv("BENCH_RUN"))
local body = os.getenv("BENCH_BODY")
local secret = os.getenv("BENCH_SECRET")
local headers = { ["Authorization"] = secret, ["Content-Type"] = "application/json" }
local count = 0

function request()
  local index = count % applications
  -- As numbered in load.py.
  local application = first + index % folders + math.floor(index / folders) * 1000
  count = count + 1
  -- As event_id in load.py makes them: run 0 posts one event of each application.
  local id = string.format("%08x-0000-4000-8000-%012d", run, run == 0 and application or count)
  local text = body:gsub("APPLICATION", string.format("%d", application)):gsub("EVENT", id)
  return wrk.format("POST", "/", headers, text)
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"failures":%d,"refusals":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, errors.connect + errors.read + errors.write + errors.timeout,
    errors.status))
end
