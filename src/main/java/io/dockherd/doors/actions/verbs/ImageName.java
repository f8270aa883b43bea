package io.dockherd.doors.actions.verbs;

/**
 * An image's name apart from its tag or digest, as the engine wants it for a pull: without a tag it
 * would fetch all of them.
 *
 * @param tag the tag, or the digest; {@code latest} when neither was given
 */
record ImageName(String repository, String tag) {
  /** Reads {@code registry:5000/team/web:1.2}, {@code web@sha256:…}, {@code web}. */
  static ImageName parse(String text) {
    int at = text.indexOf('@');
    if (at > 0) {
      return new ImageName(text.substring(0, at), text.substring(at + 1));
    }
    int colon = text.lastIndexOf(':');
    return colon > text.lastIndexOf('/')
        ? new ImageName(text.substring(0, colon), text.substring(colon + 1))
        : new ImageName(text, "latest");
  }
}
