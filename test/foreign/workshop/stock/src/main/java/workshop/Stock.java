package workshop;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spare parts in MariaDB. Its tables are Flyway's, at every start. */
@SpringBootApplication
@RestController
public class Stock {
  private final JdbcTemplate database;

  Stock(JdbcTemplate database) {
    this.database = database;
  }

  @GetMapping("/parts")
  Map<String, Object> parts() {
    return Map.of("count", database.queryForObject("SELECT count(*) FROM parts", Long.class));
  }

  @PostMapping("/parts")
  Map<String, Object> add() {
    database.update("INSERT INTO parts (name) VALUES ('chain')");
    return parts();
  }

  public static void main(String[] arguments) {
    SpringApplication.run(Stock.class, arguments);
  }
}
