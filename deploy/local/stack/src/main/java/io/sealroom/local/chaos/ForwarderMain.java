package io.sealroom.local.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The chain endpoint as a process: hands connections on to the node behind it. Killed, it takes all
 * its connections along, and the chain is as it was.
 */
final class ForwarderMain {

    private static final int BACKLOG = 50;

    private ForwarderMain() {}

    /**
     * @param arguments port to listen on, port to connect to; both of the loopback address
     */
    public static void main(String[] arguments) throws IOException {
        int from = Integer.parseInt(arguments[0]);
        int to = Integer.parseInt(arguments[1]);
        thread("parent", ForwarderMain::endWithParent);
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(from, BACKLOG, here)) {
            while (true) {
                Socket client = server.accept();
                thread("connection", () -> connect(client, here, to));
            }
        }
    }

    private static void connect(Socket client, InetAddress here, int port) {
        try {
            Socket node = new Socket(here, port);
            thread("answers", () -> copy(node, client));
            copy(client, node);
        } catch (IOException refused) {
            close(client);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException broken) {
            // Either side may hang up at any time; the other is told by the same.
            close(to);
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody is left to be told.
            return;
        }
    }

    private static void endWithParent() {
        Parent.awaitEnd();
        Runtime.getRuntime().halt(0);
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
