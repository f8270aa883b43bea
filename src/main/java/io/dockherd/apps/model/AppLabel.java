package io.dockherd.apps.model;

/** Labels of the containers of apps, by which they are known to be that. */
public final class AppLabel {
  /** Which herd it is of. */
  public static final String HERD = "io.dockherd.herd";

  /** {@code /shop/web}. */
  public static final String APP = "io.dockherd.app";

  /** {@code 7-ab12cd34}. */
  public static final String REVISION = "io.dockherd.revision";

  /** {@code 3-k2x9qa0b}. */
  public static final String INSTANCE = "io.dockherd.instance";

  /** The pod's name for it. */
  public static final String CONTAINER = "io.dockherd.container";

  /** Who said what the app is to be. */
  public static final String OWNER = "io.dockherd.owner";

  /** The revision's JSON, on the pod's first container: so that a herd without disks has it. */
  public static final String DOCUMENT = "io.dockherd.document";

  /** The seal by which an app's own containers are told from others that have its labels. */
  public static final String SEAL = "io.dockherd.seal";

  private AppLabel() {}
}
