package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.Optional;

/** How an image is built: a context alone, or the keys of {@code build}. */
final class BuildKeys {
  private static final String BUILDX = "the engines' own builder does not know it";

  private static final Keys FORM =
      Keys.of("a build")
          .honours("context", new Context())
          .honours("dockerfile", Scalars.text())
          .honours("dockerfile_inline", Scalars.text())
          .honours("args", NamedTexts.orFromEnvironment())
          .honours("target", Scalars.text())
          .honours("labels", NamedTexts.plain())
          .honours("tags", ListOf.of("tags", Scalars.text()).unique())
          .honours("cache_from", ListOf.of("images", Scalars.text()))
          .honours("extra_hosts", new Forms.Hosts())
          .honours("isolation", Scalars.text())
          .honours("network", Scalars.text())
          .honours("no_cache", Scalars.flag())
          .honours("pull", Scalars.flag())
          .honours("shm_size", Scalars.bytes())
          .honours("ulimits", LimitKeys.ULIMITS)
          .honours("platforms", ListOf.of("platforms", Scalars.text()).unique())
          .warns("cache_to", ListOf.of("caches", Scalars.text()), BUILDX)
          .warns("no_cache_filter", ListOf.of("stages", Scalars.text()).orOne(), BUILDX)
          .warns("provenance", Scalars.anyText(), BUILDX)
          .warns("sbom", Scalars.anyText(), BUILDX)
          .refuses("additional_contexts", "copy what it needs into the one context")
          .refuses("entitlements", "build such an image with its own tools, and name it in 'image'")
          .refuses("privileged", "build such an image with its own tools, and name it in 'image'")
          .refuses("secrets", "build such an image with its own tools, and name it in 'image'")
          .refuses("ssh", "build such an image with its own tools, and name it in 'image'")
          .checks(
              (build, where) -> {
                if (build.text("dockerfile").isPresent()
                    && build.text("dockerfile_inline").isPresent()) {
                  where.wrong(
                      build, "has both dockerfile and dockerfile_inline", "keep one of them");
                }
              });

  static final Shape BUILD = Forms.textAs("context", FORM);

  private BuildKeys() {}

  /** A folder, made absolute; or the address of a repository, as it is. */
  private record Context() implements Shape {
    @Override
    public String label() {
      return "path or address";
    }

    @Override
    public Optional<YamlNode> canonical(YamlNode node, Where where) {
      return Scalars.text()
          .canonical(node, where)
          .flatMap(
              text -> {
                String written = ((YamlScalar) text).text();
                return isAddress(written) ? Optional.of(text) : folder(node, written, where);
              });
    }

    private static Optional<YamlNode> folder(YamlNode node, String written, Where where) {
      Optional<String> path = where.absolute(written);
      if (path.isEmpty()) {
        where.wrong(node, "has to be a path or an address", "");
      }
      return path.map(found -> YamlScalar.text(node.at(), found));
    }

    private static boolean isAddress(String written) {
      return written.contains("://")
          || written.startsWith("git@")
          || written.startsWith("github.com/");
    }
  }
}
