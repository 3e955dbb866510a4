package android.bluetooth

/** Robolectric's shadow of `BluetoothDevice` names this class of Android 16; Android 12 loads the shadow and lacks the class. */
@Suppress("ClassName")
class `BluetoothDevice$BluetoothAddress`
