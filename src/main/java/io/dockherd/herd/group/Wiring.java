package io.dockherd.herd.group;

import java.util.List;
import org.jgroups.JChannel;
import org.jgroups.stack.Configurator;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.NameCache;

/**
 * The library's channel over protocols that are configured already.
 *
 * <p>Its own constructor goes through every property of every protocol by reflection, twice, to
 * fill in defaults for addresses we give and to put in system properties that nobody is to set: a
 * fifth of the time a group takes to start.
 */
final class Wiring extends JChannel {
  Wiring(List<Protocol> protocols) throws Exception {
    super(false);
    ProtocolStack stack = new Connected().setChannel(this);
    for (Protocol protocol : protocols) {
      stack.addProtocol(protocol);
    }
    stack.init();
    stack.getTransport().getDiagnosticsHandler().setEnabled(false);
    prot_stack = stack;
  }

  /** As the library does it, but saying nothing: whose address it is the node can tell better. */
  @Override
  protected JChannel setAddress() {
    local_addr = generateAddress(name);
    NameCache.add(local_addr, name);
    for (Protocol each = prot_stack.getTopProtocol(); each != null; each = each.getDownProtocol()) {
      each.setAddress(local_addr);
    }
    return this;
  }

  private static final class Connected extends ProtocolStack {
    @Override
    public void init() throws Exception {
      List<Protocol> upwards = getProtocols().reversed();
      top_prot = Configurator.connectProtocols(upwards);
      top_prot.setUpProtocol(this);
      setDownProtocol(top_prot);
      bottom_prot = getBottomProtocol();
      initProtocolStack(null);
    }
  }
}
