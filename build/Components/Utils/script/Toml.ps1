# Reads TOML, in which Podman's configuration is written. A table is a Hashtable of nodes by their keys, a node a hashtable with its Kind
# (table, tables, text, number, boolean, time, list), its Value, and the line it is in. An error is two lines: what is wrong, what to do.

$tomlAdvice = @{
    Utf8  = 'Save the file as UTF-8 without a byte order mark. In PowerShell 5.1 ">" writes UTF-16; Set-Content -Encoding ascii does not.'
    Quote = 'Write a text between quotation marks, such as provider = "qemu".'
    Path  = 'Write a path between single quotation marks, ''C:\folder'', or with two backslashes for each one.'
    Twice = 'Leave one of the two: TOML has each key and each table only once.'
    Line  = 'A line is [table], key = value, or a remark that begins with #.'
}

# The bytes of a file as text, its lines ended by LF. Podman from 5 on skips a byte order mark of UTF-8.
function Get-TomlText([byte[]]$Bytes, [bool]$AcceptsMark) {
    $latin1 = [Text.Encoding]::GetEncoding(28591)
    $text = $latin1.GetString($Bytes)
    if ($text -cmatch '^(\xff\xfe|\xfe\xff|[\s\S]{0,5}\x00)') {
        throw "line 1: the file is UTF-16, which Podman does not read`n$($tomlAdvice.Utf8)"
    }
    if ($text.StartsWith("$([char]0xef)$([char]0xbb)$([char]0xbf)", [StringComparison]::Ordinal)) {
        if (-not $AcceptsMark) {
            throw "line 1: the file begins with a byte order mark, which this Podman does not read`n$($tomlAdvice.Utf8)"
        }
        $text = $text.Substring(3)
    }
    $utf8 = [Text.UTF8Encoding]::new($false, $true)
    $lines = $text.Replace("`r`n", "`n").Split([char]10)
    for ($index = 0; $index -lt $lines.Length; $index++) {
        try {
            $lines[$index] = $utf8.GetString($latin1.GetBytes($lines[$index]))
        } catch {
            throw "line $($index + 1): bytes that are not UTF-8`n$($tomlAdvice.Utf8)"
        }
        if ($lines[$index] -match '[\x00-\x08\x0b-\x1f\x7f]') {
            throw ("line $($index + 1): the control character {0:X4}`nDelete it." -f [int][char]$Matches[0])
        }
    }
    [string]::Join("`n", $lines)
}

function ConvertFrom-Toml([string]$Text) {
    $reader = @{ Text = $Text; At = 0; Patterns = @{} }
    $root = New-TomlTable 'header'
    $table = $root
    while ($true) {
        $null = Read-Toml $reader '(?:[ \t\n]|#[^\n]*)*'
        if ($reader.At -eq $Text.Length) {
            break
        }
        if ($null -ne (Read-Toml $reader '\[\[')) {
            $table = Add-TomlHeader $reader $root (Read-TomlKey $reader) $true
            Assert-Toml $reader '[ \t]*\]\]' 'the name of a table is not closed by ]]' $tomlAdvice.Line
        } elseif ($null -ne (Read-Toml $reader '\[')) {
            $table = Add-TomlHeader $reader $root (Read-TomlKey $reader) $false
            Assert-Toml $reader '[ \t]*\]' 'the name of a table is not closed by ]' 'Write it as [machine].'
        } else {
            Read-TomlPair $reader $table
        }
        Assert-Toml $reader '[ \t]*(?:#[^\n]*)?(?:\n|\z)' 'something follows where the line should end' $tomlAdvice.Line
    }
    $root.Value
}

# What stands at this place and fits, and moves behind it; null where nothing does.
function Read-Toml($Reader, [string]$Pattern) {
    if (-not $Reader.Patterns.ContainsKey($Pattern)) {
        $Reader.Patterns[$Pattern] = [regex]::new("\G(?:$Pattern)", 'CultureInvariant')
    }
    $match = $Reader.Patterns[$Pattern].Match($Reader.Text, $Reader.At)
    if ($match.Success) {
        $Reader.At += $match.Length
        $match.Value
    }
}

function Assert-Toml($Reader, [string]$Pattern, [string]$Problem, [string]$Advice) {
    if ($null -eq (Read-Toml $Reader $Pattern)) {
        Stop-Toml $Reader $Problem $Advice
    }
}

function Get-TomlLine($Reader) {
    $Reader.Text.Substring(0, $Reader.At).Split([char]10).Length
}

function Stop-Toml($Reader, [string]$Problem, [string]$Advice) {
    $rest = $Reader.Text.Substring($Reader.At).Split([char]10)[0]
    $where = if ($rest.Trim() -eq '') { 'at its end' } else { "before: $($rest.Trim())" }
    throw "line $(Get-TomlLine $Reader): $Problem, $where`n$Advice"
}

function New-TomlTable([string]$Made) {
    # a hashtable that PowerShell makes does not tell A from a
    @{ Kind = 'table'; Value = [Collections.Hashtable]::new(); Made = $Made }
}

# The parts of a key, dotted or not.
function Read-TomlKey($Reader) {
    $parts = [Collections.ArrayList]::new()
    do {
        $null = Read-Toml $Reader '[ \t]*'
        $part = Read-Toml $Reader '[A-Za-z0-9_-]+'
        if ($null -eq $part) {
            if ($null -eq (Read-Toml $Reader '(?=["''](?!""|''''))')) {
                Stop-Toml $Reader 'a name is expected' $tomlAdvice.Line
            }
            $part = (Read-TomlText $Reader).Value
        }
        [void]$parts.Add($part)
    } while ($null -ne (Read-Toml $Reader '[ \t]*\.'))
    , $parts
}

# [a.b] and [[a.b]]: the table that the following keys belong to.
function Add-TomlHeader($Reader, $Root, $Key, [bool]$IsList) {
    $table = $Root
    for ($index = 0; $index -lt $Key.Count - 1; $index++) {
        $table = Get-TomlChild $Reader $table $Key[$index] 'implicit'
    }
    $name = $Key[$Key.Count - 1]
    $there = $table.Value[$name]
    if ($IsList) {
        if ($null -eq $there) {
            $there = @{ Kind = 'tables'; Value = [Collections.ArrayList]::new() }
            $table.Value[$name] = $there
        } elseif ($there.Kind -ne 'tables') {
            Stop-Toml $Reader "$($Key -join '.') is there already" $tomlAdvice.Twice
        }
        $made = New-TomlTable 'header'
        [void]$there.Value.Add($made)
        return $made
    }
    if ($null -eq $there) {
        $there = New-TomlTable 'header'
        $table.Value[$name] = $there
    } elseif ($there.Kind -ne 'table' -or $there.Made -eq 'header') {
        Stop-Toml $Reader "$($Key -join '.') is there already" $tomlAdvice.Twice
    }
    $there.Made = 'header'
    $there
}

# A table in another one, made where there is none. As Podman's reader does, and TOML does not, it adds keys to any.
function Get-TomlChild($Reader, $Table, [string]$Name, [string]$Made) {
    $child = $Table.Value[$Name]
    if ($null -eq $child) {
        $child = New-TomlTable $Made
        $Table.Value[$Name] = $child
    } elseif ($child.Kind -eq 'tables' -and $Made -eq 'implicit') {
        $child = $child.Value[$child.Value.Count - 1]
    } elseif ($child.Kind -ne 'table') {
        Stop-Toml $Reader "$Name is there already" $tomlAdvice.Twice
    }
    $child
}

function Read-TomlPair($Reader, $Table) {
    $key = Read-TomlKey $Reader
    Assert-Toml $Reader '[ \t]*=[ \t]*' "= is expected after $($key -join '.')" $tomlAdvice.Line
    for ($index = 0; $index -lt $key.Count - 1; $index++) {
        $Table = Get-TomlChild $Reader $Table $key[$index] 'dotted'
    }
    $name = $key[$key.Count - 1]
    if ($Table.Value.ContainsKey($name)) {
        Stop-Toml $Reader "$($key -join '.') is there already" $tomlAdvice.Twice
    }
    $line = Get-TomlLine $Reader
    $value = Read-TomlValue $Reader
    $value.Line = $line
    $Table.Value[$name] = $value
}

function Read-TomlValue($Reader) {
    if ($null -ne (Read-Toml $Reader '(?=["''])')) {
        return Read-TomlText $Reader
    }
    if ($null -ne (Read-Toml $Reader '\[')) {
        $list = [Collections.ArrayList]::new()
        while ($null -eq (Read-TomlEnd $Reader '\]')) {
            [void]$list.Add((Read-TomlValue $Reader))
            if ($null -eq (Read-Toml $Reader '(?:[ \t\n]|#[^\n]*)*,') -and $null -eq (Read-TomlEnd $Reader '(?=\])')) {
                Stop-Toml $Reader ', or ] is expected in a list' 'Write a list as ["a", "b"].'
            }
        }
        return @{ Kind = 'list'; Value = $list }
    }
    if ($null -ne (Read-Toml $Reader '\{')) {
        $table = New-TomlTable 'dotted'
        while ($null -eq (Read-TomlEnd $Reader '\}')) {
            Read-TomlPair $Reader $table
            if ($null -eq (Read-Toml $Reader '(?:[ \t\n]|#[^\n]*)*,') -and $null -eq (Read-TomlEnd $Reader '(?=\})')) {
                Stop-Toml $Reader ', or } is expected in a table' 'Write a table in one line as { a = 1, b = 2 }.'
            }
        }
        $table.Made = 'header'
        return $table
    }
    # a date may have a blank before its time; whatever else fits nothing is named as it stands there
    foreach ($kind in 'boolean', 'time', 'number') {
        $pattern = @{
            boolean = 'true|false'
            time    = '\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?'
            number  = '0x[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*|0o[0-7]+(?:_[0-7]+)*|0b[01]+(?:_[01]+)*|[+-]?(?:inf|nan|' +
                '(?:0|[1-9]\d*(?:_\d+)*)(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?)'
        }[$kind]
        $value = Read-Toml $Reader "(?:$pattern)(?=[\s,\]\}#]|\z)"
        if ($null -ne $value) {
            return @{ Kind = $kind; Value = $value }
        }
    }
    Stop-Toml $Reader 'a value is expected' $tomlAdvice.Quote
}

# The end of a list or of a table; blanks, line ends and remarks may come before it.
function Read-TomlEnd($Reader, [string]$End) {
    $null = Read-Toml $Reader '(?:[ \t\n]|#[^\n]*)*'
    if ($Reader.At -eq $Reader.Text.Length) {
        Stop-Toml $Reader 'a list or a table is not closed' 'Write the ] or } that is missing.'
    }
    Read-Toml $Reader $End
}

# A text in any of the four spellings.
function Read-TomlText($Reader) {
    $literal = Read-Toml $Reader "'''(?:[^']|'{1,2}(?!'))*'{3,5}|'(?!'')[^'\n]*'"
    if ($null -ne $literal) {
        $count = if ($literal.StartsWith("'''")) { 3 } else { 1 }
        return @{ Kind = 'text'; Value = $literal.Substring($count, $literal.Length - 2 * $count) -replace '\A\n', '' }
    }
    $start = $Reader.At
    $text = Read-Toml $Reader '"""(?:\\[\s\S]|[^"\\]|"{1,2}(?!"))*"{3,5}|"(?!"")(?:\\[^\n]|[^"\\\n])*"'
    if ($null -eq $text) {
        Stop-Toml $Reader 'a quotation mark is not closed' "$($tomlAdvice.Quote) $($tomlAdvice.Path)"
    }
    $count = if ($text.StartsWith('"""')) { 3 } else { 1 }
    $text = $text.Substring($count, $text.Length - 2 * $count)
    $escapes = [regex]::new('\\(?:b|t|n|f|r|e|"|\\|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[ \t]*\n\s*|)')
    foreach ($escape in $escapes.Matches($text)) {
        if ($escape.Length -eq 1 -or ($count -eq 1 -and $escape.Value.Contains("`n"))) {
            $Reader.At = $start + $count + $escape.Index
            Stop-Toml $Reader 'a backslash between double quotation marks that begins no escape' $tomlAdvice.Path
        }
    }
    $text = $text -replace '\A\n', ''
    @{ Kind = 'text'; Value = $escapes.Replace($text, { param($match) ConvertFrom-TomlEscape $match.Value }) }
}

function ConvertFrom-TomlEscape([string]$Escape) {
    switch -CaseSensitive -Regex ($Escape) {
        '^\\[ \t\n]' { return '' }
        '^\\[xuU]' { return [char]::ConvertFromUtf32([Convert]::ToInt32($Escape.Substring(2), 16)) }
    }
    @{ b = "`b"; t = "`t"; n = "`n"; f = "`f"; r = "`r"; e = "$([char]27)"; '"' = '"'; '\' = '\' }[$Escape.Substring(1)]
}
