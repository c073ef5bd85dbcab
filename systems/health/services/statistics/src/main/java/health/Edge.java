package health;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Asks one neighbour for its sums by day: bulkhead, breaker and time-out around each call. */
class Edge {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final int WINDOW_SECONDS = 10;

  private final String callee;
  private final RestClient client;
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;

  Edge(String callee, EdgeSettings settings, MeterRegistry meters) {
    this.callee = callee;
    client = clientOf(settings);
    var breakers = CircuitBreakerRegistry.of(breakerOf(settings));
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    breaker = breakers.circuitBreaker(callee);
    var bulkheads = BulkheadRegistry.of(
        BulkheadConfig.custom().maxConcurrentCalls(settings.maxConcurrent()).maxWaitDuration(Duration.ZERO).build());
    TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    bulkhead = bulkheads.bulkhead(callee);
  }

  /** The sums, with the token of who asked; without an answer none, and it says so. */
  Sums days(String path, String authorization) {
    try {
      // Outermost first: a full bulkhead is our own load and must not open the breaker.
      return bulkhead.executeSupplier(() -> breaker.executeSupplier(() -> ask(path, authorization)));
    } catch (HttpClientErrorException error) {
      throw error;
    } catch (RuntimeException error) {
      LOG.warn("{} gave no answer: {}", callee, error.getClass().getSimpleName());
      return new Sums(List.of(), true);
    }
  }

  private Sums ask(String path, String authorization) {
    var found = client.get().uri(path).header(HttpHeaders.AUTHORIZATION, authorization).retrieve().body(Days.class);
    if (found == null || found.items() == null) throw new IllegalStateException("an answer without items");
    return new Sums(found.items(), false);
  }

  private record Days(List<Map<String, Object>> items) {}

  private static RestClient clientOf(EdgeSettings settings) {
    var timeout = Duration.ofMillis(settings.timeoutMs());
    var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(timeout).build());
    requests.setReadTimeout(timeout);
    return RestClient.builder().baseUrl(settings.url()).requestFactory(requests).build();
  }

  private static CircuitBreakerConfig breakerOf(EdgeSettings settings) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.TIME_BASED)
        .slidingWindowSize(WINDOW_SECONDS)
        .minimumNumberOfCalls(settings.breakerMinCalls())
        .failureRateThreshold(settings.breakerErrorPercent())
        .waitDurationInOpenState(Duration.ofMillis(settings.breakerOpenMs()))
        .permittedNumberOfCallsInHalfOpenState(1)
        .ignoreExceptions(HttpClientErrorException.class)
        .build();
  }
}
