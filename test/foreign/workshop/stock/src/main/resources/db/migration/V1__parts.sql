CREATE TABLE parts (id bigint PRIMARY KEY AUTO_INCREMENT, name varchar(80) NOT NULL);
