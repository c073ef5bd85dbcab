package health;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.server.ResponseStatusException;

/** Adds up food and exercise by day; what cannot be had is 0 and marked, never invented. */
@SpringBootApplication
@RestController
@EnableConfigurationProperties(Statistics.Edges.class)
public class Statistics {
  @ConfigurationProperties("edges")
  record Edges(EdgeSettings diet, EdgeSettings exercise) {}

  enum Part { CHEST, BACK, SHOULDER, BICEPS, TRICEPS, ABDOMEN, LEG, ALL }

  enum Option {
    CAL("calorie"), C("carboHydrate"), P("protein"), F("fat");

    private final String field;

    Option(String field) {
      this.field = field;
    }
  }

  record Answer(boolean degraded, List<Map<String, Object>> items) {}

  private final Edge diet;
  private final Edge exercise;

  Statistics(Edges edges, MeterRegistry meters) {
    diet = new Edge("diet", edges.diet(), meters);
    exercise = new Edge("exercise", edges.exercise(), meters);
  }

  @GetMapping("/statistics/diet")
  Answer diet(
      @RequestParam(defaultValue = "CAL") Option option,
      @RequestParam(defaultValue = "1") int period,
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
    var sums = diet.days("/diet/days?period=" + known(period), authorization);
    return new Answer(sums.degraded(), Months.fill(sums, option.field, "quantity", today(), period));
  }

  @GetMapping("/statistics/exercise")
  Answer exercise(
      @RequestParam(defaultValue = "ALL") Part part,
      @RequestParam(defaultValue = "1") int period,
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
    var sums = exercise.days("/exercise/days?part=" + part + "&period=" + known(period), authorization);
    return new Answer(sums.degraded(), Months.fill(sums, "volume", "volume", today(), period));
  }

  /** A neighbour that refuses the token or the question is right. */
  @ExceptionHandler
  ProblemDetail refused(HttpClientErrorException error) {
    return ProblemDetail.forStatusAndDetail(error.getStatusCode(), "The request was refused.");
  }

  private static int known(int period) {
    if (List.of(1, 2, 3, 6).contains(period)) return period;
    throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "period is 1, 2, 3 or 6 months");
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  public static void main(String[] arguments) {
    SpringApplication.run(Statistics.class, arguments);
  }
}
