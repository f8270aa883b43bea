package io.dockherd.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads which host of the demo is meant: {@code 2} or {@code host-2}. */
final class HostNumber implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String written) {
    String number = written.startsWith("host-") ? written.substring("host-".length()) : written;
    if (!number.matches("[0-9]{1,3}")) {
      throw new TypeConversionException("'" + written + "' is no host; write 2 or host-2");
    }
    return Integer.valueOf(number);
  }
}
