/**
 * The herd-wide Docker: which containers, images, volumes and networks there are and where, finding
 * one by name or id, creating containers where they fit, carrying a call to the engine that owns
 * what it is about, and the events of all engines. Way in: {@link io.dockherd.fleet.Fleet}.
 */
package io.dockherd.fleet;
