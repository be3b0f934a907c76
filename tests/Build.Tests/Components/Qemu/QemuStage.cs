using Qcw.Build.Components;
using Qcw.Build.Tests.Packaging.Pe;

namespace Qcw.Build.Tests.Components.Qemu;

/// <summary>What QEMU's installer is made of, with images that have nothing but imports in place of programs.</summary>
internal static class QemuStage
{
    /// <summary>Writes the files.</summary>
    public static QemuInstallerInputs Make(TemporaryFolder folder)
    {
        foreach (string program in new[] { "qemu-system-x86_64", "qemu-system-x86_64w", "qemu-img", "qemu-io", "qemu-nbd", "qemu-edid",
            "qemu-storage-daemon" })
        {
            folder.Write($"qemu/{program}.exe", new PeBuilder { Imports = ["libglib-2.0-0.dll", "KERNEL32.dll"] }.Build());
        }

        folder.Write("qemu/share/keymaps/de", "keys");
        folder.Write("qemu/share/trace-events-all", "events");
        folder.Write("qemu/doc/README.rst", "read me");
        folder.Write("qemu/licenses/qemu/COPYING", "GPL");
        folder.Write("firmware/bios-256k.bin", "bios");
        folder.Write("firmware/licenses/seabios/copyright", "LGPL");
        folder.Write("glib/bin/libglib-2.0-0.dll", new PeBuilder { Imports = ["libintl-8.dll"] }.Build());
        folder.Write("glib/bin/gdbus.exe", "not needed");
        folder.Write("glib/licenses/glib/COPYING", "LGPL");
        folder.Write("intl/bin/libintl-8.dll", new PeBuilder().Build());
        folder.Write("intl/licenses/libintl/LICENSE", "MIT");
        folder.Write("fdt/licenses/libfdt/BSD", "BSD");
        return new QemuInstallerInputs(
            "7.2.0", folder["qemu"], folder["firmware"],
            [folder["glib"], folder["intl"], folder["fdt"]], DllClosureTests.CommittedList(), 0);
    }
}
