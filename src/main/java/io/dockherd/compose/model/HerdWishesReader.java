package io.dockherd.compose.model;

/** Reads a canonical {@code x-dockherd}. */
final class HerdWishesReader {
  private HerdWishesReader() {}

  static HerdWishes read(Fields wishes) {
    return new HerdWishes(
        wishes.text("on_split"),
        wishes.items(
            "constraints",
            rule ->
                new HerdWishes.Rule(
                    rule.need("field"), rule.need("operator"), rule.text("value").orElse(""))),
        wishes.texts("affinities"),
        wishes.text("kill_selection"),
        wishes.maybe(
            "backoff",
            wait ->
                new HerdWishes.Wait(
                    wait.duration("first"), wait.decimal("factor"), wait.duration("longest"))),
        wishes.duration("drain"),
        update(wishes.at("update")),
        wishes.items("checks", HerdWishesReader::check),
        wishes.integer("replicas"),
        wishes.text("failure"),
        wishes.text("primary"));
  }

  private static HerdWishes.Update update(Fields update) {
    return new HerdWishes.Update(
        update.integer("parallelism"),
        update.text("order"),
        update.decimal("minimum_healthy"),
        update.decimal("maximum_over"),
        update.duration("delay"),
        update.duration("monitor"),
        update.duration("deadline"),
        update.decimal("max_failure_ratio"),
        update.text("failure_action"));
  }

  private static HerdWishes.Check check(Fields check) {
    return new HerdWishes.Check(
        check.need("kind"),
        check.integer("port"),
        check.text("path"),
        check.texts("command"),
        check.duration("grace"),
        check.duration("interval"),
        check.duration("timeout"),
        check.integer("failures"));
  }
}
