package health;

import java.util.List;
import java.util.Map;

/** What a neighbour has of each day; degraded where it gave no answer. */
record Sums(List<Map<String, Object>> days, boolean degraded) {}
