package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.CommonFields;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import java.util.List;

/** Makes containers of a document in Docker's create syntax, as it is. */
record CreateRawContainer(Creating creating) implements Making {
  @Override
  public List<String> names() {
    return List.of("create-raw-container");
  }

  @Override
  public List<Field<?>> fields() {
    return creating.fields();
  }

  @Override
  public Reply perform(ActionRequest request) {
    return creating.reply(request, creating.create(request, request.need(CommonFields.BODY)));
  }
}
