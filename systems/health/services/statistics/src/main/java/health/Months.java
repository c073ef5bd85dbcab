package health;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every day of some months, with what there is of it: a day without anything is 0. */
final class Months {
  private Months() {}

  static List<Map<String, Object>> fill(Sums sums, String field, String name, LocalDate today, int months) {
    Map<Object, Object> known = sums.days().stream()
        .collect(Collectors.toMap(day -> day.get("date"), day -> day.getOrDefault(field, 0), (one, other) -> one));
    List<Map<String, Object>> days = new ArrayList<>();
    for (var day = today.minusMonths(months); !day.isAfter(today); day = day.plusDays(1)) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put(name, known.getOrDefault(day.toString(), 0));
      shown.put("date", day.toString());
      days.add(shown);
    }
    return days;
  }
}
