package health;

/** How one neighbour is asked: every number comes from the environment. */
record EdgeSettings(
    String url, int timeoutMs, int maxConcurrent, int breakerErrorPercent, int breakerOpenMs, int breakerMinCalls) {}
