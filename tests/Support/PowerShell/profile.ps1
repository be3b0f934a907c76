# PowerShell runs this before what a test asks of it. It needs no cmdlet, because without the drive / PowerShell finds none.
#
# Outside Windows the drive / holds every absolute path. In a chroot whose root is not a mount point, / is no drive for .NET 10, so
# PowerShell 7.6 gives up the one that it has made, and mounts another at each use. Its name has a colon behind it, as C: has, so /tmp
# becomes /:/mp (issue 27678 of PowerShell/PowerShell). The public API refuses the name /, so this goes the way that PowerShell itself goes.
& {
    $drives = $ExecutionContext.SessionState.Drive
    foreach ($drive in $drives.GetAllForProvider('FileSystem')) {
        if ($drive.Name -eq '/' -and -not $drive.VolumeSeparatedByColon) {
            return
        }
    }
    $internal = [Reflection.BindingFlags]'Instance, NonPublic'
    $provider = $ExecutionContext.SessionState.Provider.GetOne('FileSystem')
    $root = [Management.Automation.PSDriveInfo]::new('/', $provider, '/', '', $null)
    [Management.Automation.PSDriveInfo].GetProperty('VolumeSeparatedByColon').SetValue($root, $false)
    $engine = [Management.Automation.DriveManagementIntrinsics].GetField('_sessionState', $internal).GetValue($drives)
    $scope = $engine.GetType().GetProperty('GlobalScope', $internal).GetValue($engine)
    [void]$scope.GetType().GetMethod('NewDrive', $internal).Invoke($scope, @($root))
    # where PowerShell was started, which it has looked for on the other drive
    [void]$ExecutionContext.SessionState.Path.SetLocation([Environment]::CurrentDirectory)
}
