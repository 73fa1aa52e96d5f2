package dev.kindred.runtime;

import static org.tensorflow.internal.c_api.global.tensorflow.TFE_ContextListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TFE_DeleteContext;
import static org.tensorflow.internal.c_api.global.tensorflow.TFE_DeleteContextOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TFE_NewContext;
import static org.tensorflow.internal.c_api.global.tensorflow.TFE_NewContextOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;

/** The processors that TensorFlow can compute on. */
public final class Devices {
  private Devices() {}

  /**
   * Their names, such as {@code CPU:0} and {@code GPU:0}. Starts the drivers of what it finds,
   * which may take seconds.
   */
  public static List<String> all() {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TFE_ContextOptions options = TFE_NewContextOptions();
      TFE_Context context = TFE_NewContext(options, status);
      TFE_DeleteContextOptions(options);
      status.throwExceptionIfNotOK();
      try {
        return names(context, status);
      } finally {
        TFE_DeleteContext(context);
      }
    }
  }

  private static List<String> names(TFE_Context context, TF_Status status) {
    TF_DeviceList devices = TFE_ContextListDevices(context, status);
    status.throwExceptionIfNotOK();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < TF_DeviceListCount(devices); i++) {
      String full = TF_DeviceListName(devices, i, status).getString();
      names.add(full.substring(full.lastIndexOf("device:") + "device:".length()));
    }
    TF_DeleteDeviceList(devices);
    return names;
  }
}
