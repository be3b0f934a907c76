# What the build fills in. A script that belongs to no release has no tag, and may have no checksum either.
$release = @{
    Tag       = '@tag@'
    Downloads = '@downloads@'
    XzFile    = '@xz-file@'
    XzSha256  = '@xz-sha256@'
}
