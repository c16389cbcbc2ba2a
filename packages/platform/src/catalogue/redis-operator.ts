import type { Component } from "../definition.js";
import { kinds } from "../kinds.js";
import { chartOf } from "./charts.js";

const MONITORS = kinds("monitoring.coreos.com", "ServiceMonitor");

/** The operator of Redis. */
export const redisOperator: Component = {
  name: "redis-operator",
  namespace: { name: "cozy-redis-operator" },
  chart: chartOf("redis-operator"),
  provides: [...kinds("databases.spotahome.com", "RedisFailover")],
  optional: MONITORS,
  values: (settings, platform) => ({
    monitoring: { enabled: true, serviceMonitor: MONITORS.every((kind) => platform.has(kind)) },
    ...settings,
  }),
};
