namespace Qcw.Acceptance.Tests.Lima;

/// <summary>
/// A disk that only UEFI starts: one FAT file system with <c>EFI/BOOT/BOOTX64.EFI</c>, compiled from <c>guest/main.c</c>.
/// </summary>
internal static class UefiDisk
{
    /// <summary>What the guest says: the number stands nowhere on the disk.</summary>
    public const string Output = "qcw guest: F(24) = 46368";

    private const int Size = 4 << 20;

    private static string Source { get; } = Path.Combine(Repository.Root, "tests", "Acceptance.Tests", "Lima", "guest", "main.c");

    /// <summary>Writes a raw image.</summary>
    public static void Write(string file)
    {
        using var folder = new TemporaryFolder();
        string program = folder["BOOTX64.EFI"];
        // 10 is the subsystem of an application of UEFI, whose functions are called as Windows' are
        Run(
            "x86_64-w64-mingw32-gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-fno-stack-protector", "-mno-red-zone",
            "-mgeneral-regs-only", "-nostdlib", "-s", "-Wl,--subsystem,10", "-Wl,--entry,efi_main", "-o", program, Source);
        using (FileStream disk = File.Create(file))
        {
            disk.SetLength(Size);
        }

        Run("mkfs.vfat", "-n", "QCW", file);
        Run("mmd", "-i", file, "::EFI", "::EFI/BOOT");
        Run("mcopy", "-i", file, program, "::EFI/BOOT/");
    }

    private static void Run(string program, params string[] arguments) => ProcessRunner.Run(new ProcessRequest(program, arguments));
}
