package io.dockherd.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A door's address as it is written: {@code http://host:port/}, {@code https://…} for TLS. */
final class DoorAddress implements ITypeConverter<URI> {
  @Override
  public URI convert(String written) {
    try {
      URI uri = new URI(written.strip());
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new TypeConversionException(complaint(written) + ": " + e.getReason());
    }
    throw new TypeConversionException(complaint(written));
  }

  private static String complaint(String written) {
    return "'" + written + "' is no door: write http://HOST:PORT/, or https://HOST:PORT/ for TLS";
  }
}
