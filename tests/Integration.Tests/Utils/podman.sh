# Podman as far as -SetUp calls it, for a shell: its state is in the folder podman of the prepared machine that QCW_TEST_MACHINE names. A
# test makes a command fail by a file "fails COMMAND", which has its words; each call is a line of "calls".
windows=$PATH
PATH=/usr/bin:/bin
cd "$QCW_TEST_MACHINE" && mkdir -p podman && cd podman || exit 99
[ "$1" = --version ] && exit 0
printf '%s\n' "$*" >>calls
printf '%s|%s|%s\n' "$CONTAINERS_MACHINE_PROVIDER" "$CONTAINER_HOST$CONTAINER_CONNECTION" "$windows" >variables
if [ "$1" = --connection ]; then
    echo "$2" >connection
    shift 2
fi
case "$1" in machine | container | image) command="$1 $2"; shift 2 ;; *) command=$1; shift ;; esac
for last; do :; done
if [ -e "fails $command" ]; then
    cat "fails $command" >&2
    exit 125
fi

machine() { # NAME RUNNING
    printf '[{"Name":"%s","Default":true,"Running":%s,"VMType":"qemu"}]\n' "$1" "$2" >machines
}

case $command in
'machine list') cat machines 2>/dev/null || echo '[]' ;;
'machine init')
    machine "$last" false
    echo 'Machine init complete'
    ;;
'machine start') machine "$last" true ;;
'machine stop') machine "$last" false ;;
'machine inspect') printf '[{"Name":"%s","Rootful":%s}]\n' "$last" "$([ -e rootful ] && echo true || echo false)" ;;
'container inspect') cat container 2>/dev/null || { echo '[]'; echo "Error: no such container $last" >&2; exit 125; } ;;
'image exists') [ -e image ] || exit 1 ;;
'image inspect') cat ports 2>/dev/null || echo '80/tcp ' ;;
pull) touch image ;;
load) printf 'Loaded image: localhost/web:1\n' ;;
run)
    labels=
    while [ $# -gt 1 ]; do
        if [ "$1" = --label ]; then
            labels="$labels${labels:+,}\"${2%%=*}\":\"${2#*=}\""
            shift
        fi
        shift
    done
    printf '[{"ImageName":"%s","State":{"Running":true},"Config":{"Labels":{%s}}}]\n' "$last" "$labels" | sed 's/\\/\\\\/g' >container
    echo 0123456789abcdef
    ;;
rm) rm -f container ;;
logs) echo 'the web server starts' ;;
*) echo "Error: the stand-in has no $command" >&2; exit 125 ;;
esac
