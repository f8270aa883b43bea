package io.dockherd.compose.schema;

/** The keys of a Compose file's outermost mapping. */
public final class ComposeKeys {
  /** What {@code include} names. */
  private static final ShortOrLong INCLUDED =
      Forms.textAs(
          "path",
          Keys.of("an include")
              .honours("path", paths())
              .honours("project_directory", Scalars.path())
              .honours("env_file", paths())
              .requires("path"));

  /** One service. */
  public static final Keys SERVICE = ServiceKeys.SERVICE;

  /** A Compose file. */
  public static final Keys FILE =
      Keys.of("a Compose file")
          .warns(
              "version",
              Scalars.anyText(),
              "it is obsolete; all versions are read by the same rules")
          .honours("name", Scalars.text())
          .honours("include", ListOf.of("includes", INCLUDED).orOne())
          .honours("services", MapOf.services("services", SERVICE))
          .honours("networks", new MapOf("networks", Names.NAME, ResourceKeys.NETWORK, false))
          .honours("volumes", new MapOf("volumes", Names.NAME, ResourceKeys.VOLUME, false))
          .honours("configs", new MapOf("configs", Names.NAME, ResourceKeys.CONFIG, false))
          .honours("secrets", new MapOf("secrets", Names.NAME, ResourceKeys.SECRET, false))
          .refuses("models", "run the model as a service, and name it in 'environment'")
          .honours("x-dockherd", HerdKeys.OF_FILE);

  private ComposeKeys() {}

  private static Shape paths() {
    return ListOf.of("paths", Scalars.path()).orOne();
  }
}
