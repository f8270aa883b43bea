/** How a node tells about itself: log lines, later metrics, health and build info. */
package io.dockherd.telemetry;
