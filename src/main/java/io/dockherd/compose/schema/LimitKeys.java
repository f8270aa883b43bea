package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a container may use: the kernel's limits, and the keys that carry them in {@code deploy}.
 */
final class LimitKeys {
  private static final Pattern ANY_NAME = Pattern.compile("[a-z]{2,20}");

  static final Shape ULIMITS =
      new MapOf(
          "ulimits",
          ANY_NAME,
          new Forms.Limit(
              Keys.of("a ulimit")
                  .honours("soft", Scalars.whole(-1, Long.MAX_VALUE))
                  .honours("hard", Scalars.whole(-1, Long.MAX_VALUE))
                  .requires("soft", "hard")),
          false);

  private static final Keys DEVICE =
      Keys.of("a device reservation")
          .honours("capabilities", ListOf.of("capabilities", Scalars.text()))
          .honours("driver", Scalars.text())
          .honours(
              "count",
              Scalars.matching("a number of devices, or all", Pattern.compile("all|-1|[0-9]{1,4}")))
          .honours("device_ids", ListOf.of("device ids", Scalars.anyText()))
          .honours("options", NamedTexts.plain())
          .requires("capabilities")
          .checks(
              (device, where) -> {
                if (device.get("count").isPresent() && device.get("device_ids").isPresent()) {
                  where.wrong(device, "has both count and device_ids", "keep one of them");
                }
              });

  /** {@code gpus}: {@code all}, or a list of reservations. */
  static final Shape GPUS =
      ListOf.of(
              "device reservations",
              new ShortOrLong(
                  (written, where) -> {
                    if (!written.text().equals("all")) {
                      where.wrong(written, "has to be 'all' or a list of devices", "");
                      return List.of();
                    }
                    return List.of(YamlMap.empty(written.at()).with("count", written));
                  },
                  Keys.of("a gpu")
                      .honours("capabilities", ListOf.of("capabilities", Scalars.text()))
                      .honours("driver", Scalars.text())
                      .honours(
                          "count",
                          Scalars.matching(
                              "a number of devices, or all", Pattern.compile("all|-1|[0-9]{1,4}")))
                      .honours("device_ids", ListOf.of("device ids", Scalars.anyText()))
                      .honours("options", NamedTexts.plain())))
          .orOne();

  static final Keys RESOURCES =
      Keys.of("resources")
          .honours(
              "limits",
              Keys.of("limits")
                  .honours("cpus", Scalars.amount())
                  .honours("memory", Scalars.bytes())
                  .honours("pids", Scalars.whole(-1, Integer.MAX_VALUE)))
          .honours(
              "reservations",
              Keys.of("reservations")
                  .honours("cpus", Scalars.amount())
                  .honours("memory", Scalars.bytes())
                  .honours(
                      "generic_resources",
                      ListOf.of(
                          "resources",
                          Keys.of("a generic resource")
                              .honours(
                                  "discrete_resource_spec",
                                  Keys.of("a discrete resource")
                                      .honours("kind", Scalars.text())
                                      .honours("value", Scalars.whole(0, Long.MAX_VALUE)))))
                  .honours("devices", ListOf.of("device reservations", DEVICE)));

  private LimitKeys() {}
}
