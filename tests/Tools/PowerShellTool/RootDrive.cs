using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Qcw.Tools.PowerShellTool;

/// <summary>The drive <c>/</c>, through which PowerShell reaches every absolute path outside Windows.</summary>
/// <remarks>
/// In a chroot whose root is not a mount point, the mount table has no <c>/</c>. For .NET 10 <c>/</c> is no drive there, so PowerShell 7.6 gives up the
/// one that it has made, and mounts another at every use, which has a colon after its name as <c>C:</c> has: <c>/tmp</c> becomes <c>/:/mp</c> (issue 27678
/// of PowerShell/PowerShell). The public API refuses the name <c>/</c>, so this goes the way that PowerShell itself goes.
/// </remarks>
internal static class RootDrive
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Makes it, where PowerShell has none that works.</summary>
    public static void Ensure(SessionStateProxy session)
    {
        if (OperatingSystem.IsWindows() || session.Drive.GetAllForProvider("FileSystem").Any(drive => drive.Name == "/" && !drive.VolumeSeparatedByColon))
        {
            return;
        }

        var root = new PSDriveInfo("/", session.Provider.GetOne("FileSystem"), "/", string.Empty, null);
        typeof(PSDriveInfo).GetProperty(nameof(PSDriveInfo.VolumeSeparatedByColon))!.SetValue(root, false);
        object engine = typeof(DriveManagementIntrinsics).GetField("_sessionState", Internal)!.GetValue(session.Drive)!;
        object scope = engine.GetType().GetProperty("GlobalScope", Internal)!.GetValue(engine)!;
        scope.GetType().GetMethod("NewDrive", Internal)!.Invoke(scope, [root]);
    }
}
