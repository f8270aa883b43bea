package io.dockherd.compose.model;

import java.util.Optional;

/**
 * A published port.
 *
 * <pre>
 * {host_ip: 127.0.0.1, published: "8080", target: 80, protocol: tcp, mode: ingress, name: web,
 *  app_protocol: http}
 * </pre>
 *
 * @param target within the container
 * @param published a port, or a range of which any free one will do; none: any free one
 * @param isOnHostOnly {@code mode: host}: only the instance's own host answers there
 */
public record Port(
    int target,
    Optional<String> published,
    Optional<String> hostIp,
    String protocol,
    boolean isOnHostOnly,
    Optional<String> name,
    Optional<String> appProtocol) {}
