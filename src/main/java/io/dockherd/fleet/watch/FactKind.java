package io.dockherd.fleet.watch;

/** The kinds of facts a node tells about its engine, and what their ids are. */
public final class FactKind {
  /** By full id; {@link KnownContainer} has the form. */
  public static final String CONTAINER = "container";

  /** By the container's full id, of those to be made anew elsewhere: {@link Recreation}. */
  public static final String RECREATION = "recreation";

  /** By full id ({@code sha256:…}); the entry of the engine's image list. */
  public static final String IMAGE = "image";

  /** By name; the entry of the engine's volume list. */
  public static final String VOLUME = "volume";

  /** By full id; the entry of the engine's network list. */
  public static final String NETWORK = "network";

  /** One, by {@link #ONLY}; {@link KnownEngine} has the form. */
  public static final String ENGINE = "engine";

  /** One, by {@link #ONLY}; {@link HostLoad} has the form. */
  public static final String LOAD = "load";

  /** The id of facts of which an owner has one. */
  public static final String ONLY = "";

  private FactKind() {}
}
