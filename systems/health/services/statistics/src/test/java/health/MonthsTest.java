package health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonthsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);

  @Test
  void showsWhatThereIsOfADayAndZeroForTheOthers() {
    var sums = new Sums(List.of(Map.of("date", "2026-03-30", "volume", 900)), false);
    var days = Months.fill(sums, "volume", "volume", TODAY, 1);
    assertEquals(Map.of("date", "2026-02-28", "volume", 0), days.get(0));
    assertEquals(Map.of("date", "2026-03-30", "volume", 900), days.get(days.size() - 2));
    assertEquals(Map.of("date", "2026-03-31", "volume", 0), days.get(days.size() - 1));
  }

  @Test
  void inventsNothingWhereNothingIsKnown() {
    var days = Months.fill(new Sums(List.of(), true), "calorie", "quantity", TODAY, 6);
    assertEquals(List.of(0), days.stream().map(day -> day.get("quantity")).distinct().toList());
  }
}
