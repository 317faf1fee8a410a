package io.agentrouter.runtime.testing;

import java.io.IOException;
import java.net.Socket;

/** How a client leaves. */
public enum Leaving {
    CLOSE,
    RESET,
    END_OF_ITS_OWN_HALF;

    /** Leaves; who ended its own half only can still be closed. */
    public void leave(Socket socket) throws IOException {
        switch (this) {
            case CLOSE -> socket.close();
            case RESET -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case END_OF_ITS_OWN_HALF -> socket.shutdownOutput();
        }
    }
}
