package io.dockherd.scheduling;

import io.dockherd.scheduling.expressions.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something a caller demands of the node, or wishes, in a form that can be named. */
public sealed interface Rule {
  /** Why the node does not meet it; empty when it does. */
  Optional<String> objection(NodeLoad node);

  /** As it was asked for, in Swarm's words. */
  String condition();

  /** Whether, as a wish, it only decides between nodes the strategy finds equally good. */
  default boolean breaksTiesOnly() {
    return false;
  }

  /** The node itself: its name, its engine's id, a label. */
  record Constraint(Expression expression) implements Rule {
    @Override
    public Optional<String> objection(NodeLoad node) {
      if (expression.key().equals("node")) {
        return expression.isMetBy(List.of(node.engineId(), node.node()))
            ? Optional.empty()
            : Optional.of("is not what " + expression.condition() + " asks for");
      }
      String value = node.labels().getOrDefault(expression.key(), "");
      return expression.isMetBy(value)
          ? Optional.empty()
          : Optional.of(
              value.isEmpty()
                  ? "has no label " + expression.key() + ", " + expression.condition() + " asked"
                  : "has " + expression.key() + "=" + value + ", not " + expression.condition());
    }

    @Override
    public String condition() {
      return expression.condition();
    }
  }

  /** What is on the node: a container, an image, containers of a label. */
  record Affinity(Expression expression) implements Rule {
    @Override
    public Optional<String> objection(NodeLoad node) {
      boolean isMet =
          expression.key().equals("image")
              ? expression.isMetBy(node.contents().images())
              : expression.isMetBy(texts(node.contents().tenants()));
      return isMet
          ? Optional.empty()
          : Optional.of("nothing there meets " + expression.condition());
    }

    private List<String> texts(List<Tenant> tenants) {
      List<String> texts = new ArrayList<>();
      for (Tenant tenant : tenants) {
        if (expression.key().equals("container")) {
          texts.add(tenant.id());
          tenant.names().stream().findFirst().ifPresent(texts::add);
        } else {
          texts.add(tenant.labels().getOrDefault(expression.key(), ""));
        }
      }
      return texts;
    }

    @Override
    public String condition() {
      return expression.condition() + " (soft=" + expression.isSoft() + ")";
    }
  }

  /** One of these nodes; what stood before the names in the request is kept for messages. */
  record Whitelist(Set<String> nodes, String written) implements Rule {
    public Whitelist {
      nodes = Set.copyOf(nodes);
    }

    @Override
    public Optional<String> objection(NodeLoad node) {
      return nodes.contains(node.node())
          ? Optional.empty()
          : Optional.of("is not on the whitelist " + written);
    }

    @Override
    public String condition() {
      return written + " (soft=false)";
    }
  }

  /** Beside a container it shares something with; {@code written} as on the command line. */
  record Beside(String written, String reference) implements Rule {
    @Override
    public Optional<String> objection(NodeLoad node) {
      return node.contents().tenants().stream().anyMatch(tenant -> tenant.isCalled(reference))
          ? Optional.empty()
          : Optional.of("has no container " + reference + " (" + written + ")");
    }

    @Override
    public String condition() {
      return written;
    }
  }

  /** Where a volume of that name is: a new one elsewhere would be empty. */
  record Volume(String name) implements Rule {
    @Override
    public Optional<String> objection(NodeLoad node) {
      return node.contents().volumes().contains(name)
          ? Optional.empty()
          : Optional.of("does not hold the volume " + name + ", another node does");
    }

    @Override
    public String condition() {
      return "--volume=" + name;
    }
  }

  /** Where a network is. */
  record Network(String reference) implements Rule {
    @Override
    public Optional<String> objection(NodeLoad node) {
      return node.contents().networks().contains(reference)
          ? Optional.empty()
          : Optional.of("does not have the network " + reference + ", another node does");
    }

    @Override
    public String condition() {
      return "--net=" + reference;
    }
  }

  /**
   * Where an image is. As a wish it only breaks ties: nodes fetch images from each other, and were
   * it more, all containers of an image would go to the one node it was built on.
   *
   * @param reference its name with tag or digest, or its id or the beginning of it
   */
  record Image(String reference) implements Rule {
    private static final Pattern ID = Pattern.compile("(sha256:)?([0-9a-f]{4,64})");

    @Override
    public Optional<String> objection(NodeLoad node) {
      Set<String> images = node.contents().images();
      return images.contains(reference) || isIdIn(images)
          ? Optional.empty()
          : Optional.of("does not have the image " + reference);
    }

    private boolean isIdIn(Set<String> images) {
      Matcher id = ID.matcher(reference);
      return id.matches()
          && images.stream().anyMatch(image -> image.startsWith("sha256:" + id.group(2)));
    }

    @Override
    public String condition() {
      return "image==" + reference + " (soft=false)";
    }

    @Override
    public boolean breaksTiesOnly() {
      return true;
    }
  }

  /** Where images of a platform run: {@code linux}, {@code linux/arm64}, {@code arm64}. */
  record Platform(String os, String architecture) implements Rule {
    @Override
    public Optional<String> objection(NodeLoad node) {
      boolean isMet =
          isSame(os, node.labels().getOrDefault("ostype", ""))
              && isSame(architecture, node.labels().getOrDefault("architecture", ""));
      return isMet ? Optional.empty() : Optional.of("is not of the platform " + condition());
    }

    private static boolean isSame(String asked, String there) {
      return asked.isEmpty() || asked.equals(there);
    }

    @Override
    public String condition() {
      return os + (os.isEmpty() || architecture.isEmpty() ? "" : "/") + architecture;
    }
  }

  /** Where none of its ports is held by a stopped container that may be started again. */
  record NoStoppedHolder(List<PortClaim> ports) implements Rule {
    public NoStoppedHolder {
      ports = List.copyOf(ports);
    }

    @Override
    public Optional<String> objection(NodeLoad node) {
      return Ports.objection(ports, node.contents().tenants(), Tenant::isStopped);
    }

    @Override
    public String condition() {
      return Ports.condition(ports);
    }
  }
}
